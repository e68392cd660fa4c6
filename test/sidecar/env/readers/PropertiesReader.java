import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;

/** Arguments: `stream` or `reader`, then files. Prints `INDEX NAME BASE64` for each property of each file. */
public final class PropertiesReader {
    public static void main(String[] arguments) throws Exception {
        StringBuilder out = new StringBuilder();
        for (int index = 1; index < arguments.length; index++) {
            Properties properties = load(arguments[0], Path.of(arguments[index]));
            for (String name : properties.stringPropertyNames()) {
                byte[] value = properties.getProperty(name).getBytes(StandardCharsets.UTF_8);
                out.append(index - 1).append(' ').append(name).append(' ');
                out.append(Base64.getEncoder().encodeToString(value)).append('\n');
            }
        }
        System.out.print(out);
    }

    private static Properties load(String way, Path file) throws IOException {
        Properties properties = new Properties();
        if (way.equals("stream")) {
            try (InputStream stream = Files.newInputStream(file)) {
                properties.load(stream);
            }
        } else {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        }
        return properties;
    }
}
