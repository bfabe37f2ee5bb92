package dev.headgrad

import ai.djl.ndarray.NDArray

/** A number on the left of an operator: `2 * x`. */
operator fun Number.plus(x: Tensor): Tensor = x + this

operator fun Number.minus(x: Tensor): Tensor = x.rminus(this)

operator fun Number.times(x: Tensor): Tensor = x * this

operator fun Number.div(x: Tensor): Tensor = x.rdiv(this)

operator fun Number.rem(x: Tensor): Tensor = x.rrem(this)

/** Runs a block on the default session while recording, and returns what it computed. */
inline fun <T> record(trainMode: Boolean = true, block: () -> T): T =
    MX.autograd.record(trainMode).use { block() }

/** Runs a block on the default session with recording switched off. */
inline fun <T> pause(trainMode: Boolean = false, block: () -> T): T =
    MX.autograd.pause(trainMode).use { block() }

/** Operators on plain DJL arrays, with DJL's broadcasting and dtypes. */
operator fun NDArray.plus(other: NDArray): NDArray = add(other)

operator fun NDArray.plus(number: Number): NDArray = add(number)

operator fun NDArray.minus(other: NDArray): NDArray = sub(other)

operator fun NDArray.minus(number: Number): NDArray = sub(number)

operator fun NDArray.times(other: NDArray): NDArray = mul(other)

operator fun NDArray.times(number: Number): NDArray = mul(number)

operator fun NDArray.rem(other: NDArray): NDArray = mod(other)

operator fun NDArray.rem(number: Number): NDArray = mod(number)

operator fun NDArray.unaryMinus(): NDArray = neg()

operator fun Number.plus(x: NDArray): NDArray = x.add(this)

operator fun Number.minus(x: NDArray): NDArray = x.ndArrayInternal.rsub(this)

operator fun Number.times(x: NDArray): NDArray = x.mul(this)

operator fun Number.div(x: NDArray): NDArray = x.ndArrayInternal.rdiv(this)
