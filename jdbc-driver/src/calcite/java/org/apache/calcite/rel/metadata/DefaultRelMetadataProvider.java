package org.apache.calcite.rel.metadata;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multimap;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * Stands in the driver's jar in the place of Calcite's class of this name, and answers the same. Every
 * cluster of Calcite touches that class, which at once loads all there is to know about all kinds of
 * trees, a third of a second in a new JVM; this one loads it when it is asked.
 */
public final class DefaultRelMetadataProvider extends ChainedRelMetadataProvider {
  /** The only one. */
  public static final DefaultRelMetadataProvider INSTANCE = new DefaultRelMetadataProvider();

  private DefaultRelMetadataProvider() {
    super(ImmutableList.of());
  }

  /** Initialised by the first question. */
  private static final class Loaded {
    static final RelMetadataProvider ALL =
        ChainedRelMetadataProvider.of(
            ImmutableList.of(
                RelMdPercentageOriginalRows.SOURCE,
                RelMdColumnOrigins.SOURCE,
                RelMdExpressionLineage.SOURCE,
                RelMdTableReferences.SOURCE,
                RelMdNodeTypes.SOURCE,
                RelMdRowCount.SOURCE,
                RelMdMaxRowCount.SOURCE,
                RelMdMinRowCount.SOURCE,
                RelMdUniqueKeys.SOURCE,
                RelMdColumnUniqueness.SOURCE,
                RelMdPopulationSize.SOURCE,
                RelMdSize.SOURCE,
                RelMdParallelism.SOURCE,
                RelMdDistribution.SOURCE,
                RelMdLowerBoundCost.SOURCE,
                RelMdMeasure.SOURCE,
                RelMdMemory.SOURCE,
                RelMdDistinctRowCount.SOURCE,
                RelMdSelectivity.SOURCE,
                RelMdExplainVisibility.SOURCE,
                RelMdPredicates.SOURCE,
                RelMdInputFieldsUsed.SOURCE,
                RelMdAllPredicates.SOURCE,
                RelMdCollation.SOURCE,
                RelMdFunctionalDependency.SOURCE));
  }

  @Override
  @Deprecated // in Calcite too
  public <M extends Metadata> UnboundMetadata<M> apply(
      Class<? extends RelNode> relClass, Class<? extends M> metadataClass) {
    return Loaded.ALL.apply(relClass, metadataClass);
  }

  @Override
  @Deprecated // in Calcite too
  public <M extends Metadata> Multimap<Method, MetadataHandler<M>> handlers(MetadataDef<M> def) {
    return Loaded.ALL.handlers(def);
  }

  @Override
  public List<MetadataHandler<?>> handlers(Class<? extends MetadataHandler<?>> handlerClass) {
    return Loaded.ALL.handlers(handlerClass);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
