import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;

/** Prints `INDEX NAME BASE64` for each property of each file. Fails if a stream and a UTF-8 reader give different ones. */
public final class PropertiesReader {
    public static void main(String[] files) throws Exception {
        StringBuilder out = new StringBuilder();
        for (int index = 0; index < files.length; index++) {
            Properties fromStream = new Properties();
            Properties fromReader = new Properties();
            try (InputStream stream = Files.newInputStream(Path.of(files[index]))) {
                fromStream.load(stream);
            }
            try (Reader reader = Files.newBufferedReader(Path.of(files[index]), StandardCharsets.UTF_8)) {
                fromReader.load(reader);
            }
            if (!fromStream.equals(fromReader)) throw new IllegalStateException("the charset matters");
            for (String name : fromStream.stringPropertyNames()) {
                byte[] value = fromStream.getProperty(name).getBytes(StandardCharsets.UTF_8);
                out.append(index).append(' ').append(name).append(' ');
                out.append(Base64.getEncoder().encodeToString(value)).append('\n');
            }
        }
        System.out.print(out);
    }
}
