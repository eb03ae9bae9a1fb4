// veraPDF's validator as a command. Its library comes inside another program's jar, with its
// profiles but without its own command and the classes that read profiles; so this reads them.
//
//   java -cp JAR:CLASSES VeraPdf FLAVOURS FILE...       such as: VeraPdf ua1,2a book.pdf
//
// Prints for each file and flavour a line `passed FLAVOUR FILE CHECKS`, or for each rule that
// it breaks `failed FLAVOUR FILE RULE TIMES WHAT`; columns are parted by tabs.
// Exit code: 0 if all passed, 1 if not, 2 where a file could not be read.

import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.ProfileDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public final class VeraPdf {
    private static final String PROFILES = "/org/verapdf/pdfa/validation/";

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<PDFAFlavour, ValidationProfile> profiles = new HashMap<>();
        int exit = 0;
        for (int i = 1; i < args.length; i++) {
            for (String name : args[0].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.fromString(name);
                if (!profiles.containsKey(flavour)) {
                    profiles.put(flavour, profile(flavour));
                }
                exit = Math.max(exit, validate(flavour, profiles.get(flavour), args[i]));
            }
        }
        System.out.flush();
        System.exit(exit);
    }

    private static int validate(PDFAFlavour flavour, ValidationProfile profile, String file) {
        String head = "\t" + flavour.getId() + "\t" + file + "\t";
        try (PDFAParser pdf = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(pdf);
            if (result.isCompliant()) {
                System.out.println("passed" + head + result.getTotalAssertions());
                return 0;
            }
            // The first fault of each rule stands for the others.
            Map<String, TestAssertion> first = new TreeMap<>();
            for (TestAssertion fault : result.getTestAssertions()) {
                if (fault.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = fault.getRuleId();
                    first.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(), fault);
                }
            }
            first.forEach((rule, fault) -> {
                String what = fault.getErrorMessage() == null ? fault.getMessage() : fault.getErrorMessage();
                what += " at " + fault.getLocation().getContext();
                int times = result.getFailedChecks().get(fault.getRuleId());
                System.out.println("failed" + head + rule + "\t" + times + "\t" + what.replaceAll("\\s+", " "));
            });
            return 1;
        } catch (Throwable fault) {
            System.out.println("failed" + head + "unread\t1\t" + String.valueOf(fault).replaceAll("\\s+", " "));
            return 2;
        }
    }

    /** The rules of a flavour, from the library's own file: PDFUA-1.xml, PDFA-2A.xml. */
    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String[] parts = flavour.name().split("_", 2);
        String path = PROFILES + parts[0] + "-" + parts[1].replace("_", "") + ".xml";
        Element root;
        try (InputStream in = VeraPdf.class.getResourceAsStream(path)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : below(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element v : below(root, "variable")) {
            variables.add(Profiles.variableFromValues(v.getAttribute("name"), v.getAttribute("object"),
                    text(v, "defaultValue"), text(v, "value")));
        }
        ProfileDetails details = Profiles.profileDetailsFromValues(
                flavour.getId(), text(root, "description"), "veraPDF", new Date(0));
        ValidationProfile profile = Profiles.profileFromValues(flavour, details, "", rules, variables);
        if (rules.isEmpty() || profile.getRules().size() != below(root, "rule").size()) {
            throw new IllegalStateException(path + " was not read whole");
        }
        return profile;
    }

    private static Rule rule(Element rule) {
        Element id = below(rule, "id").get(0);
        Element error = below(rule, "error").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : below(error, "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), given(argument, "name"), null));
        }
        RuleId name = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        ErrorDetails says = Profiles.errorFromValues(text(error, "message"), arguments);
        String deferred = given(rule, "deferred");
        return Profiles.ruleFromValues(name, rule.getAttribute("object"),
                deferred == null ? null : Boolean.valueOf(deferred), given(rule, "tags"),
                text(rule, "description"), text(rule, "test"), says, new ArrayList<>());
    }

    private static List<Element> below(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        List<Element> out = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            out.add((Element) found.item(i));
        }
        return out;
    }

    private static String text(Element element, String tag) {
        List<Element> found = below(element, tag);
        return found.isEmpty() ? null : found.get(0).getTextContent();
    }

    private static String given(Element element, String attribute) {
        return element.hasAttribute(attribute) ? element.getAttribute(attribute) : null;
    }
}
