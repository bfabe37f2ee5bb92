package dev.headgrad.examples

import dev.headgrad.MX
import dev.headgrad.record
import dev.headgrad.times

/** [HeadGradient] in Kotlin. */
internal class HeadGradientKotlin : Example {

    override fun run(mx: MX, out: Python) {
        val nd = mx.nd()
        val autograd = mx.autograd()

        val x = nd.array(0f, 1f, 2f, 3f).attachGrad()
        val head = nd.array(10f, 1f, .1f, .01f)

        autograd.record { 2 * x }.backward(head)
        out.print("with a head:", x.grad)
        out.print(HeadGradient.WITH_HEAD)

        autograd.record { 2 * x }.backward()
        out.print("without one:", x.grad)
        out.print(HeadGradient.WITHOUT_HEAD)

        autograd.record { (2 * x * head).sum() }.backward()
        out.print("recorded whole:", x.grad)
        out.print(HeadGradient.RECORDED_WHOLE)

        autograd.record { 2 * x * x }.backward(head)
        out.print("the page's version:", x.grad)
        out.print("is head * 4x:", x.grad?.eq(head * 4 * x))
        out.print(HeadGradient.PAGES_VERSION)
    }
}
