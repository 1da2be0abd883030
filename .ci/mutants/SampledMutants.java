package dev.turntable.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pitest.bytecode.analysis.ClassTree;
import org.pitest.mutationtest.build.InterceptorParameters;
import org.pitest.mutationtest.build.InterceptorType;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.build.MutationInterceptorFactory;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.plugin.Feature;

/**
 * Takes one mutant in so many, by a seed: PIT itself takes all of a class. Leaves out those at a line that
 * says {@code // equivalent: why}, or of the mutator that it names: {@code // equivalent (MathMutator): why}.
 */
public final class SampledMutants implements MutationInterceptorFactory {
  private static final Pattern EQUIVALENT = Pattern.compile("// equivalent(?: \\((\\w+)\\))?: ");

  @Override
  public MutationInterceptor createInterceptor(InterceptorParameters parameters) {
    return new Sample(Integer.getInteger("mutants.oneIn", 1), Long.getLong("mutants.seed", 1));
  }

  @Override
  public Feature provides() {
    return Feature.named("sample").withOnByDefault(true).withDescription(description());
  }

  @Override
  public String description() {
    return "One mutant in so many";
  }

  private static final class Sample implements MutationInterceptor {
    private final int oneIn;
    private final long seed;

    Sample(int oneIn, long seed) {
      this.oneIn = oneIn;
      this.seed = seed;
    }

    @Override
    public InterceptorType type() {
      return InterceptorType.FILTER;
    }

    @Override
    public void begin(ClassTree tree) {}

    @Override
    public Collection<MutationDetails> intercept(Collection<MutationDetails> all, Mutater mutater) {
      return all.stream().filter(this::isDrawn).filter(each -> !isEquivalent(each)).toList();
    }

    private boolean isDrawn(MutationDetails mutant) {
      return new Random(seed * 31 + mutant.getId().toString().hashCode()).nextInt(oneIn) == 0;
    }

    private static boolean isEquivalent(MutationDetails mutant) {
      String name = mutant.getClassName().asInternalName();
      String file = name.substring(0, name.lastIndexOf('/') + 1) + mutant.getFilename();
      for (String module : List.of("connector", "jdbc-driver")) {
        Path source = Path.of(System.getProperty("mutants.root", ""), module, "src", "main", "java").resolve(file);
        if (Files.exists(source)) {
          try {
            List<String> lines = Files.readAllLines(source);
            int line = Math.min(mutant.getLineNumber(), lines.size());
            Matcher mark = EQUIVALENT.matcher(line > 0 ? lines.get(line - 1) : "");
            return mark.find() && (mark.group(1) == null || mutant.getMutator().contains(mark.group(1)));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
      return false;
    }

    @Override
    public void end() {}
  }
}
