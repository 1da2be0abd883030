package dev.turntable.mutants;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.CodeSource;
import org.pitest.mutationtest.build.MutationGrouper;
import org.pitest.mutationtest.build.MutationGrouperFactory;
import org.pitest.mutationtest.engine.MutationDetails;

/**
 * Tries mutants of several classes in one JVM: a sample has one or two of a class, and a JVM that has planned
 * nothing yet takes longer to warm up than most tests take.
 */
public final class MutantsOfSomeClasses implements MutationGrouperFactory {
  private static final int TOGETHER = 10;

  @Override
  public MutationGrouper makeFactory(Properties properties, CodeSource code, int threads, int unitSize) {
    return MutantsOfSomeClasses::group;
  }

  private static List<List<MutationDetails>> group(
      Collection<ClassName> classes, Collection<MutationDetails> mutants) {
    List<MutationDetails> sorted = new ArrayList<>(mutants);
    sorted.sort(Comparator.comparing(MutationDetails::getId));
    List<List<MutationDetails>> groups = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i += TOGETHER) {
      groups.add(new ArrayList<>(sorted.subList(i, Math.min(sorted.size(), i + TOGETHER))));
    }
    return groups;
  }

  @Override
  public String description() {
    return "Mutants of several classes in one JVM";
  }
}
