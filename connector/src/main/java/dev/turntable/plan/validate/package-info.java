/**
 * Validates as leniently as the tools that send SQL rely on.
 */
@NullMarked
package dev.turntable.plan.validate;

import org.jspecify.annotations.NullMarked;
