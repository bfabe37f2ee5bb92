package dev.headgrad.djl;

/** What a backward does with the gradient of an attached array: MXNet's {@code grad_req}. */
public enum GradRequest {
  /** The gradient overwrites the buffer; all uses within one backward are summed first. */
  WRITE,
  /** The gradient is added to what the buffer holds. */
  ADD,
  /** The array is a constant; its buffer stays zero and is never written. */
  NULL
}
