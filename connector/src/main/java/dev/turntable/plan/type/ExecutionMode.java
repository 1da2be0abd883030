package dev.turntable.plan.type;

/** What runs a plan above its scans. */
public enum ExecutionMode {
  /** Our operators, and Calcite's generated code for what they do not know. */
  OPERATORS,
  /** Calcite's generated code for everything. */
  ENUMERABLE
}
