// EPUBCheck on many files in one Java: it starts once, and its schemas are read once.
//
//   java -cp epubcheck.jar:CLASSES EpubChecks FILE...
//
// Prints for each file a line `passed FILE`, or for each thing that it says of it
// `failed FILE WHAT`; columns are parted by tabs. Exit code: 0 if all passed, else 1.

import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.WriterReportImpl;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

public final class EpubChecks {
    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<Future<List<String>>> all = new ArrayList<>();
        for (String name : args) {
            all.add(pool.submit(() -> check(name)));
        }
        boolean good = true;
        for (Future<List<String>> one : all) {
            for (String line : one.get()) {
                System.out.println(line);
                good &= line.startsWith("passed");
            }
        }
        System.out.flush();
        System.exit(good ? 0 : 1);
    }

    private static List<String> check(String name) {
        StringWriter said = new StringWriter();
        WriterReportImpl report = new WriterReportImpl(new PrintWriter(said, true), "") {
            @Override public void info(String file, FeatureEnum feature, String value) { }
        };
        int worst = new EpubCheck(new File(name), report).doValidate();
        boolean good = worst == 0 && report.getFatalErrorCount() == 0
            && report.getErrorCount() == 0 && report.getWarningCount() == 0;
        List<String> out = new ArrayList<>();
        if (good) {
            out.add("passed\t" + name);
            return out;
        }
        for (String line : said.toString().split("\n")) {
            out.add("failed\t" + name + "\t" + line.trim());
        }
        return out;
    }
}
