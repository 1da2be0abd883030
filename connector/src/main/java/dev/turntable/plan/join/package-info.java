/**
 * What a tree costs, in requests first; the order of joins; what one side of a join says of the other.
 */
@NullMarked
package dev.turntable.plan.join;

import org.jspecify.annotations.NullMarked;
