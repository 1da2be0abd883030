package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What the example tells DBeaver is true of the jar. */
class DBeaverFilesIT {
  private static final File FILE = Path.of("..", "dbeaver", "drivers.xml").toFile();

  @Test
  void theDefinitionFitsTheJar()
      throws ParserConfigurationException, SAXException, IOException, SQLException {
    Document document =
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(FILE);
    Element definition = (Element) document.getElementsByTagName("driver").item(0);
    String url =
        definition
            .getAttribute("url")
            .replace("{database}", definition.getAttribute("defaultDatabase"));
    Driver driver = DriverManager.getDriver(url);
    assertThat(definition.getAttribute("class")).isEqualTo(driver.getClass().getName());

    Element library = (Element) document.getElementsByTagName("library").item(0);
    String jar = driver.getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(Path.of(library.getAttribute("path")).getFileName())
        .isEqualTo(Path.of(jar).getFileName());
  }

  @Test
  void everyDriverPropertyTellsItsMeaning() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:turntable:handinger");
    DriverPropertyInfo[] properties =
        driver.getPropertyInfo("jdbc:turntable:handinger", new Properties());
    assertThat(properties).extracting(property -> property.name).contains("taskIds", "workerIds");
    assertThat(Arrays.asList(properties))
        .allSatisfy(property -> assertThat(property.description).as(property.name).isNotBlank());
  }
}
