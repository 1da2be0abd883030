package dev.turntable.plan.rewrite;

import com.google.common.collect.ImmutableList;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.type.PlannedStatement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.CyclicMetadataException;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.NullSentinel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Calcite's rules ask about trees, without generating code as Calcite does: that costs
 * some 20 ms for every new kind of question or tree.
 *
 * <p>The questions of every statement are answered here with as little work as possible; Calcite's own answers,
 * whose loading costs a new JVM a third of a second, are called when something else is asked.
 */
final class FastRelMetadata implements MetadataHandlerProvider, InvocationHandler {
  private static final FastRelMetadata INSTANCE = new FastRelMetadata();

  /** One object for all kinds of questions, so that one class is generated instead of 27. */
  private final Object handler;

  private final Map<Target, Answerer> answerers = new ConcurrentHashMap<>();

  private record Target(Method question, Class<?> rel) {}

  /** Who answers a question about a class of trees. */
  private record Answerer(MetadataHandler<?> handler, Method method) {}

  private FastRelMetadata() {
    handler =
        Proxy.newProxyInstance(
            FastRelMetadata.class.getClassLoader(), kinds().toArray(Class<?>[]::new), this);
  }

  /** Returns a new query; what it remembers holds for one state of the trees. */
  static RelMetadataQuery query() {
    return new RelMetadataQuery(INSTANCE);
  }

  private static Set<Class<?>> kinds() {
    Set<Class<?>> kinds = new LinkedHashSet<>();
    new RelMetadataQuery(
        new MetadataHandlerProvider() {
          @Override
          @SuppressWarnings("NullAway") // only looks at what is asked for
          public <H extends MetadataHandler<?>> H handler(Class<H> kind) {
            kinds.add(kind);
            return null;
          }
        });
    return kinds;
  }

  @Override
  public <H extends MetadataHandler<?>> H handler(Class<H> kind) {
    return kind.cast(handler);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method question, Object[] arguments)
      throws Throwable {
    PlannedStatement.check();
    if (!(arguments != null
        && arguments.length > 1
        && arguments[0] instanceof RelNode asked
        && arguments[1] instanceof RelMetadataQuery query)) {
      return InvocationHandler.invokeDefault(proxy, question, arguments);
    }
    RelNode rel = asked.stripped();
    Class<?> kind = question.getDeclaringClass();
    if (kind == BuiltInMetadata.Predicates.Handler.class) {
      return RelOptPredicateList.EMPTY;
    }
    if (kind == BuiltInMetadata.RowCount.Handler.class) {
      return rel.estimateRowCount(query);
    }
    if (kind == BuiltInMetadata.Collation.Handler.class) {
      return ImmutableList.of();
    }
    if (isPlainScan(rel)) {
      if (kind == BuiltInMetadata.ColumnUniqueness.Handler.class) {
        return null;
      }
      if (kind == BuiltInMetadata.MaxRowCount.Handler.class) {
        return Double.POSITIVE_INFINITY;
      }
    }
    arguments[0] = rel;
    return remembered(rel, query, question, arguments);
  }

  /** Of these nothing is known: a scan tells no keys. */
  private static boolean isPlainScan(RelNode rel) {
    RelNode node = rel.stripped();
    return node instanceof SourceScan
        || ((node instanceof Filter || node instanceof Project) && isPlainScan(node.getInput(0)));
  }

  private @Nullable Object remembered(
      RelNode rel, RelMetadataQuery query, Method question, Object[] arguments) throws Throwable {
    List<?> key =
        Arrays.asList(
            question,
            arguments.length > 2 ? Arrays.asList(arguments).subList(2, arguments.length) : null);
    Object known = query.map.get(rel, key);
    if (known == NullSentinel.ACTIVE) {
      throw new CyclicMetadataException();
    }
    if (known != null) {
      return known == NullSentinel.INSTANCE ? null : known;
    }
    query.map.put(rel, key, NullSentinel.ACTIVE);
    try {
      Object answer = ask(rel, question, arguments);
      query.map.put(rel, key, NullSentinel.mask(answer));
      return answer;
    } catch (InvocationTargetException e) {
      query.map.row(rel).clear();
      throw e.getCause();
    }
  }

  private @Nullable Object ask(RelNode rel, Method question, Object[] arguments)
      throws InvocationTargetException, IllegalAccessException {
    Answerer answerer =
        answerers.computeIfAbsent(new Target(question, rel.getClass()), FastRelMetadata::find);
    return answerer.method().invoke(answerer.handler(), arguments);
  }

  private static Answerer find(Target target) {
    @SuppressWarnings("unchecked") // the proxy's interfaces are all of that kind
    Class<? extends MetadataHandler<?>> kind =
        (Class<? extends MetadataHandler<?>>) target.question().getDeclaringClass();
    for (Class<?> rel = target.rel(); rel != null; rel = rel.getSuperclass()) {
      for (MetadataHandler<?> handler : DefaultRelMetadataProvider.INSTANCE.handlers(kind)) {
        for (Method method : handler.getClass().getMethods()) {
          if (method.getName().equals(target.question().getName())
              && answers(method, rel, target.question())) {
            method.setAccessible(true);
            return new Answerer(handler, method);
          }
        }
      }
    }
    throw new IllegalStateException("nothing answers " + target);
  }

  private static boolean answers(Method method, Class<?> rel, Method question) {
    Class<?>[] given = method.getParameterTypes();
    Class<?>[] asked = question.getParameterTypes();
    return given.length == asked.length
        && (given[0] == rel || (rel == Object.class && given[0] == RelNode.class))
        && Arrays.equals(given, 1, given.length, asked, 1, asked.length);
  }
}
