package dev.headgrad

import dev.headgrad.MX.nd
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertNull

class OperatorsTest {

    private fun floats(x: Tensor): FloatArray = x.toFloatArray()

    @Test
    fun `a head gradient in Kotlin`() {
        val x = nd.array(0f, 1f, 2f, 3f).attachGrad()
        val y = record { 2 * x }
        y.backward(nd.array(10f, 1f, .1f, .01f))
        val grad: Tensor? = x.grad
        assertEquals("\n[20.    2.    0.2   0.02]\n<NDArray 4 @cpu(0)>", grad.toString())
    }

    @Test
    fun `the gradient of an array without one is null, and Kotlin knows that it may be`() {
        val grad: Tensor? = nd.ones(2).grad
        assertNull(grad)
    }

    @Test
    fun `operators with numbers on either side`() {
        val x = nd.array(1f, 2f)
        assertContentEquals(floatArrayOf(3f, 4f), floats(2 + x))
        assertContentEquals(floatArrayOf(1f, 0f), floats(2 - x))
        assertContentEquals(floatArrayOf(2f, 1f), floats(2 / x))
        assertContentEquals(floatArrayOf(0f, 1f), floats(3 % x))
        assertContentEquals(floatArrayOf(-1f, -2f), floats(-x))
        assertContentEquals(floatArrayOf(1f, 0f), floats(x % 2))
        assertEquals(2.0, x[1].asScalar())
    }

    @Test
    fun `operators on plain arrays`() {
        val manager = MX.standard().manager()
        val x = manager.create(floatArrayOf(1f, 2f))
        assertContentEquals(floatArrayOf(2f, 1f), (3 - x * 1).toFloatArray())
        assertContentEquals(floatArrayOf(2f, 1f), (2 / x).toFloatArray())
        assertContentEquals(floatArrayOf(-2f, -4f), (-(x + x)).toFloatArray())
    }

    @Test
    fun `pause inside record`() {
        val x = nd.ones(2).attachGrad()
        val y = record { x * pause { x * 3 } }
        y.backward()
        assertContentEquals(floatArrayOf(3f, 3f), floats(x.grad!!))
    }
}
