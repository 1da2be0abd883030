package dev.turntable.jdbc;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Loads the driver many times, each time in a class loader of its own and in turn on two threads that
 * live on, uses it, closes what it opened, deregisters it, and waits until the loaders are collected.
 *
 * <p>Arguments: the driver's class path, the folder of this class, how many loads, how many seconds to
 * wait. The exit status is 1 if a loader is left; then the threads are told.
 */
final class UnloadProbe {
  private static final int THREADS = 2;

  private UnloadProbe() {}

  public static void main(String[] arguments) throws Exception {
    List<URL> urls = new ArrayList<>();
    String places = arguments[0] + File.pathSeparator + arguments[1];
    for (String place : places.split(File.pathSeparator)) {
      urls.add(new File(place).toURI().toURL());
    }
    List<ExecutorService> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Executors.newSingleThreadExecutor());
    }
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    int loads = Integer.parseInt(arguments[2]);
    for (int load = 0; load < loads; load++) {
      int number = load / THREADS;
      loaders.add(threads.get(load % THREADS).submit(() -> load(urls, number)).get());
    }
    long left = await(loaders, Long.parseLong(arguments[3]));
    System.out.println(loads + " loads, " + left + " left");
    if (left > 0) {
      Thread.getAllStackTraces().keySet().forEach(System.out::println);
    }
    threads.forEach(ExecutorService::shutdown);
    System.exit(left > 0 ? 1 : 0);
  }

  private static WeakReference<ClassLoader> load(List<URL> urls, int number) throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), platform)) {
      Class<?> session = Class.forName(UnloadSession.class.getName(), true, loader);
      session.getMethod("run", int.class).invoke(null, number);
      return new WeakReference<>(loader);
    }
  }

  /** Collects garbage until no loader is left, or the time is over. */
  private static long await(List<WeakReference<ClassLoader>> loaders, long seconds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      boolean last = System.nanoTime() > end;
      System.gc();
      long left = loaders.stream().filter(loader -> !loader.refersTo(null)).count();
      if (left == 0 || last) {
        return left;
      }
      TimeUnit.SECONDS.sleep(1); // threads that idle end by time
    }
  }
}
