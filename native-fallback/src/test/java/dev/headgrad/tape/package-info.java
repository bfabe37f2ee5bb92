@NullMarked
package dev.headgrad.tape;

import org.jspecify.annotations.NullMarked;
