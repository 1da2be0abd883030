package dev.turntable.plan;

/** What runs a plan above its scans. */
enum Road {
  /** Our operators, and Calcite's generated code for what they do not know. */
  OPERATORS,
  /** Calcite's generated code for everything. */
  ENUMERABLE
}
