/**
 * Plans by text, those that statements share which differ in literals, and those of plain queries that
 * need no planner.
 */
@NullMarked
package dev.turntable.plan.cache;

import org.jspecify.annotations.NullMarked;
