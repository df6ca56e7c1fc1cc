package dev.credbroker.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Writes the reference of all properties out of the Javadoc of the interfaces that they are mapped to. */
final class ConfigurationReference {

    private static final Path SOURCES = Path.of("src/main/java");

    private final DocTrees docs;
    private final Map<String, List<String>> rows = new TreeMap<>();

    private ConfigurationReference(JavacTask task) {
        this.docs = DocTrees.instance(task);
    }

    /** The table rows of every property, by the heading of the mapping that they belong to. */
    static Map<String, List<String>> read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> configs = sources.filter(
                            path -> path.getFileName().toString().endsWith("Config.java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(configs));
            ConfigurationReference reference = new ConfigurationReference(task);
            for (CompilationUnitTree unit : task.parse()) {
                reference.readUnit(unit);
            }
            return reference.rows;
        }
    }

    private void readUnit(CompilationUnitTree unit) {
        TreePath root = new TreePath(unit);
        for (Tree declared : unit.getTypeDecls()) {
            if (declared instanceof ClassTree mapping) {
                Optional<String> prefix = argument(mapping.getModifiers().getAnnotations(), "ConfigMapping");
                TreePath path = new TreePath(root, mapping);
                prefix.ifPresent(text -> readInterface(text, path, Map.of()));
            }
        }
    }

    private void readInterface(String prefix, TreePath path, Map<String, ClassTree> outer) {
        ClassTree mapping = (ClassTree) path.getLeaf();
        Map<String, ClassTree> nested = new TreeMap<>(outer);
        mapping.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .forEach(member -> nested.put(member.getSimpleName().toString(), member));
        for (Tree member : mapping.getMembers()) {
            if (member instanceof MethodTree method
                    && !method.getModifiers().getFlags().contains(Modifier.STATIC)) {
                readProperty(
                        prefix + '.' + kebab(method.getName().toString()), new TreePath(path, method), nested, path);
            }
        }
    }

    private void readProperty(String name, TreePath path, Map<String, ClassTree> nested, TreePath owner) {
        MethodTree method = (MethodTree) path.getLeaf();
        String suffix = method.getReturnType() instanceof ParameterizedTypeTree type
                ? switch (type.getType().toString()) {
                    case "Map" -> ".*";
                    case "List" -> "[*]";
                    default -> "";
                }
                : "";
        Optional<ClassTree> inner = elementType(method.getReturnType()).map(nested::get);
        if (inner.isPresent()) {
            readInterface(name + suffix, new TreePath(owner, inner.get()), nested);
            return;
        }
        rows.computeIfAbsent(heading(name), heading -> new ArrayList<>())
                .add("| `%s` | %s | %s |"
                        .formatted(name + (suffix.equals(".*") ? suffix : ""), defaultOf(method), description(path)));
    }

    private static Optional<String> elementType(Tree type) {
        return type instanceof ParameterizedTypeTree parameterized
                ? elementType(parameterized.getTypeArguments().getLast())
                : Optional.of(type.toString());
    }

    private static String heading(String property) {
        return property.split("[.\\[]", 3)[1];
    }

    private static String defaultOf(MethodTree method) {
        return argument(method.getModifiers().getAnnotations(), "WithDefault")
                .map(text -> '`' + text + '`')
                .orElse("");
    }

    /** The Javadoc as one line of Markdown. */
    private String description(TreePath path) {
        DocCommentTree comment = docs.getDocCommentTree(path);
        if (comment == null) {
            throw new IllegalStateException("a property without Javadoc: " + path.getLeaf());
        }
        return comment.getFullBody().stream()
                .map(Object::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@code ([^{}]*(?:\\{[^{}]*}[^{}]*)*)}", "`$1`")
                .replaceAll("\\{@link [^}]*?([A-Za-z.]+)}", "`$1`")
                .replaceAll("</?(p|em|b|code|ul|li)>", " ")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static Optional<String> argument(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .flatMap(annotation -> annotation.getArguments().stream())
                .map(ConfigurationReference::text)
                .findFirst();
    }

    private static String text(ExpressionTree argument) {
        ExpressionTree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : value.toString();
    }

    private static String kebab(String method) {
        return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
