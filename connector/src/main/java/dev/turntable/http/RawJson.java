package dev.turntable.http;

import com.squareup.moshi.JsonQualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a string of a record that takes any JSON value as its compact text, exactly as sent. */
@JsonQualifier
@Retention(RetentionPolicy.RUNTIME)
public @interface RawJson {}
