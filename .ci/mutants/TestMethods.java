package dev.turntable.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.help.PitHelpError;
import org.pitest.testapi.Configuration;
import org.pitest.testapi.Description;
import org.pitest.testapi.ResultCollector;
import org.pitest.testapi.TestGroupConfig;
import org.pitest.testapi.TestPluginFactory;
import org.pitest.testapi.TestSuiteFinder;
import org.pitest.testapi.TestUnit;
import org.pitest.testapi.TestUnitExecutionListener;
import org.pitest.testapi.TestUnitFinder;

/**
 * Runs JUnit 5's tests for PIT, by methods. PIT's own plug-in finds tests by running them, all of a class and in each
 * JVM anew, which takes longer than the mutants themselves.
 */
public final class TestMethods implements TestPluginFactory {

  @Override
  public Configuration createTestFrameworkConfiguration(
      TestGroupConfig groups,
      ClassByteArraySource source,
      Collection<String> excludedRunners,
      Collection<String> includedMethods) {
    return new Methods();
  }

  @Override
  public String name() {
    return "methods";
  }

  @Override
  public String description() {
    return "JUnit 5, by methods";
  }

  private static final class Methods implements Configuration {
    private final Launcher launcher = LauncherFactory.create();

    @Override
    public TestUnitFinder testUnitFinder() {
      return (type, listener) -> find(type);
    }

    @Override
    public TestSuiteFinder testSuiteFinder() {
      return type -> List.of();
    }

    @Override
    public Optional<PitHelpError> verifyEnvironment() {
      return Optional.empty();
    }

    private List<TestUnit> find(Class<?> type) {
      if (type.getEnclosingClass() != null || !type.getSimpleName().endsWith("Test")) {
        return List.of();
      }
      TestPlan plan = launcher.discover(request(selectClass(type)));
      List<TestUnit> units = new ArrayList<>();
      for (TestIdentifier root : plan.getRoots()) {
        for (TestIdentifier each : plan.getDescendants(root)) {
          if (each.getSource().orElse(null) instanceof MethodSource) {
            units.add(new Method(launcher, each.getUniqueId(), new Description(each.getUniqueId(), type)));
          }
        }
      }
      return units;
    }
  }

  private static LauncherDiscoveryRequest request(DiscoverySelector selector) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selector)
        .filters(EngineFilter.includeEngines("junit-jupiter"))
        .build();
  }

  private record Method(Launcher launcher, String id, Description description) implements TestUnit {
    @Override
    public Description getDescription() {
      return description;
    }

    @Override
    public void execute(ResultCollector results) {
      List<Throwable> failures = new ArrayList<>();
      results.notifyStart(description);
      launcher.execute(
          request(selectUniqueId(id)),
          new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
              if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failures.add(result.getThrowable().orElseGet(() -> new AssertionError(test.getDisplayName())));
              }
            }
          });
      if (failures.isEmpty()) {
        results.notifyEnd(description);
      } else {
        results.notifyEnd(description, failures.get(0));
      }
    }
  }
}
