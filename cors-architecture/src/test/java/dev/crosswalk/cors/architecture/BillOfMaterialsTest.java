package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** {@code cors-bom} inherits nothing, so nothing but this compares it with the parent. */
class BillOfMaterialsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Document parent = pom(ROOT);
  private final Document bom = pom(ROOT.resolve("cors-bom"));

  @Test
  void it_has_the_parents_version() throws Exception {
    List<String> version = texts(parent, "/project/version");
    assertEquals(1, version.size());
    assertEquals(version, texts(bom, "/project/version"));
  }

  @Test
  void it_names_every_published_module_once_in_its_own_version() throws Exception {
    List<String> published = published();
    assertTrue(published.contains("cors-core"), () -> "published: " + published);
    assertEquals(new TreeSet<>(published), new TreeSet<>(texts(bom, "//dependency/artifactId")));
    assertEquals(published.size(), texts(bom, "//dependency[version='${project.version}']").size());
  }

  @Test
  void its_plugins_have_the_parents_versions() throws Exception {
    List<String> plugins = texts(bom, "//plugin/artifactId");
    assertEquals(
        List.of("maven-install-plugin", "maven-deploy-plugin", "maven-gpg-plugin"), plugins);
    for (String plugin : plugins) {
      String version = "//plugin[artifactId='" + plugin + "']/version";
      assertEquals(texts(parent, version), texts(bom, version), plugin);
    }
  }

  /** Maven Central refuses an artifact without them. */
  @Test
  void it_tells_of_itself_what_the_parent_tells() throws Exception {
    for (String element :
        List.of(
            "url",
            "properties/repository",
            "licenses/license/name",
            "developers/developer/name",
            "scm/connection",
            "scm/url")) {
      List<String> told = texts(parent, "/project/" + element);
      assertEquals(1, told.size(), element);
      assertEquals(told, texts(bom, "/project/" + element), element);
    }
  }

  /** Returns the modules but this one; what is not published says so. */
  static List<String> published() throws Exception {
    List<String> published = new ArrayList<>();
    for (String module : texts(pom(ROOT), "/project/modules/module")) {
      boolean hidden = !texts(pom(ROOT.resolve(module)), "//maven.deploy.skip").isEmpty();
      if (!hidden && !module.equals("cors-bom")) {
        published.add(module);
      }
    }
    return published;
  }

  private static Document pom(Path module) {
    try (var in = Files.newInputStream(module.resolve("pom.xml"))) {
      return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
    } catch (Exception e) {
      throw new AssertionError("cannot read the pom of " + module, e);
    }
  }

  private static List<String> texts(Document pom, String path) throws Exception {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
