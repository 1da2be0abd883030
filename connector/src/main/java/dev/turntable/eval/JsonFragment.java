package dev.turntable.eval;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Text that is JSON, not a string to be put into JSON: what FORMAT JSON and JSON functions give. The
 * annotations are for Calcite's generated aggregates, which write with Jackson.
 */
record JsonFragment(@JsonValue @JsonRawValue String text) {
  @Override
  public String toString() {
    return text;
  }
}
