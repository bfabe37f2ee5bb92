package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;

/**
 * What the bridge knows of an attached array.
 *
 * @param gradient the buffer that backward brings gradients to
 * @param request what backward does with them
 */
record Leaf(NDArray gradient, GradRequest request) {}
