package dev.turntable.mutants;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.pitest.classinfo.ClassName;
import org.pitest.mutationtest.build.MutationGrouper;
import org.pitest.mutationtest.build.MutationGrouperFactory;
import org.pitest.mutationtest.commandline.OptionsParser;
import org.pitest.mutationtest.commandline.ParseResult;
import org.pitest.mutationtest.commandline.PluginFilter;
import org.pitest.mutationtest.config.PluginServices;
import org.pitest.mutationtest.config.ReportOptions;
import org.pitest.mutationtest.config.SettingsFactory;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.tooling.AnalysisResult;
import org.pitest.mutationtest.tooling.EntryPoint;

/**
 * PIT's command line, but for one thing: mutants of several classes are tried in one JVM. A sample has one or two
 * of a class, and a JVM that has planned nothing yet takes longer to warm up than most tests take.
 */
public final class Mutants {
  private static final int TOGETHER = 10;

  private Mutants() {}

  public static void main(String[] arguments) throws Exception {
    PluginServices plugins = PluginServices.makeForContextLoader();
    ParseResult parsed = new OptionsParser(new PluginFilter(plugins)).parse(arguments);
    if (!parsed.isOk()) {
      throw new IllegalArgumentException(parsed.getErrorMessage().orElse("arguments"));
    }
    ReportOptions options = parsed.getOptions();
    AnalysisResult result = new EntryPoint().execute(new File("."), options, new Settings(options, plugins), Map.of());
    if (result.getError().isPresent()) {
      throw result.getError().get();
    }
  }

  private static final class Settings extends SettingsFactory {
    Settings(ReportOptions options, PluginServices plugins) {
      super(options, plugins);
    }

    @Override
    public MutationGrouperFactory getMutationGrouper() {
      return new Together();
    }
  }

  private static final class Together implements MutationGrouperFactory, MutationGrouper {
    @Override
    public MutationGrouper makeFactory(
        java.util.Properties properties, org.pitest.classpath.CodeSource code, int threads, int size) {
      return this;
    }

    @Override
    public List<List<MutationDetails>> groupMutations(
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
}
