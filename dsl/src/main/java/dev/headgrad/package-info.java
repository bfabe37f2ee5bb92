/** What people write: MXNet's autograd vocabulary. */
@NullMarked
package dev.headgrad;

import org.jspecify.annotations.NullMarked;
