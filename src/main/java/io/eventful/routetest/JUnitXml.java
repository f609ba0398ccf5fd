package io.eventful.routetest;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results as JUnit XML, in the form that Surefire and CI systems agree on: a suite for each file. */
public final class JUnitXml {

    private JUnitXml() {}

    /** Writes a file, and the folders that it lies in. */
    public static void write(Path file, List<CaseResult> results) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Map<TestFile, List<CaseResult>> suites = new LinkedHashMap<>();
        for (CaseResult each : results)
            suites.computeIfAbsent(each.test().file(), absent -> new ArrayList<>())
                    .add(each);
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            counts(xml, results);
            for (Map.Entry<TestFile, List<CaseResult>> each : suites.entrySet())
                suite(xml, each.getKey(), each.getValue());
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(file + " cannot be written", e);
        }
    }

    private static void counts(XMLStreamWriter xml, List<CaseResult> results) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute(
                "failures",
                Long.toString(results.stream()
                        .filter(each -> !each.failures().isEmpty())
                        .count()));
        xml.writeAttribute(
                "errors",
                Long.toString(results.stream()
                        .filter(each -> !each.problems().isEmpty())
                        .count()));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute(
                "time",
                seconds(results.stream()
                        .mapToLong(each -> each.took().toMillis())
                        .sum()));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static void suite(XMLStreamWriter xml, TestFile file, List<CaseResult> results) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(file.path().toString()));
        counts(xml, results);
        for (CaseResult each : results) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("name", clean(each.test().name()));
            xml.writeAttribute("classname", clean(file.path().toString()));
            xml.writeAttribute("file", clean(file.path().toString()));
            xml.writeAttribute("line", Integer.toString(each.test().spot().line()));
            xml.writeAttribute("time", seconds(each.took().toMillis()));
            if (!each.problems().isEmpty()) error(xml, each);
            else if (!each.passed()) failure(xml, each);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** One failure element for each test, as the form has it, with all that failed in its text. */
    private static void failure(XMLStreamWriter xml, CaseResult result) throws XMLStreamException {
        Failure first = result.failures().getFirst();
        xml.writeStartElement("failure");
        xml.writeAttribute("type", "expectation");
        xml.writeAttribute("message", clean(first.spot().text() + ": " + first.message()));
        xml.writeCharacters(clean(ConsoleReport.text(result)));
        xml.writeEndElement();
    }

    private static void error(XMLStreamWriter xml, CaseResult result) throws XMLStreamException {
        xml.writeStartElement("error");
        xml.writeAttribute("type", "problem");
        xml.writeAttribute("message", clean(result.problems().getFirst().text()));
        xml.writeCharacters(clean(ConsoleReport.text(result)));
        xml.writeEndElement();
    }

    /** XML 1.0 has no control characters. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }
}
