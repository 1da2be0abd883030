package dev.turntable.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.lang.runtime.ObjectMethods;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Statement;

/**
 * Lets the JDK forget our records. Where it makes the methods of one, its own method handles keep the
 * last types that they were adapted to, and with those the class loader of a driver that is unloaded.
 */
final class RecordMethods {
  /** From here on types of other loaders are kept apart, softly. */
  private static final int SOFTLY = 24;

  private RecordMethods() {}

  /** Adapts those handles to another type: the methods of a record that there is not. */
  static void forgetTypes() {
    Class<?> type = Runtime.version().feature() < SOFTLY ? Statement.class : ofLoaderThatPasses();
    make("equals", MethodType.methodType(boolean.class, type, Object.class));
    make("hashCode", MethodType.methodType(int.class, type));
    make("toString", MethodType.methodType(String.class, type));
  }

  private static void make(String name, MethodType method) {
    Class<?> type = method.parameterType(0);
    try {
      var unused =
          ObjectMethods.bootstrap(
              MethodHandles.lookup(),
              name,
              method,
              type,
              "component",
              MethodHandles.empty(MethodType.methodType(type, type)));
    } catch (Throwable e) { // as the JDK declares it
      throw new IllegalStateException("a record without its own methods", e);
    }
  }

  /** Returns a class that nothing of ours hangs on. */
  private static Class<?> ofLoaderThatPasses() {
    ClassLoader loader = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
    return Proxy.newProxyInstance(
            loader, new Class<?>[] {Statement.class}, (proxy, method, arguments) -> null)
        .getClass();
  }
}
