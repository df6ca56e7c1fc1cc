package dev.credbroker.deploy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML with CloudFormation's short forms: {@code !Ref X} is {@code {Ref: X}}, {@code !Sub X} is {@code {Fn::Sub: X}}. */
final class CloudFormationYaml extends SafeConstructor {

    private CloudFormationYaml(LoaderOptions options) {
        super(options);
        this.yamlMultiConstructors.put("!", new ShortForm());
    }

    static Map<String, Object> read(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new CloudFormationYaml(options)).load(dev.credbroker.deploy.Yaml.text(file));
    }

    private final class ShortForm extends AbstractConstruct {

        @Override
        public Object construct(Node node) {
            String name = node.getTag().getValue().substring(1);
            Map<String, @Nullable Object> function = new LinkedHashMap<>();
            function.put(name.equals("Ref") ? name : "Fn::" + name, argument(node));
            return function;
        }

        private Object argument(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new AssertionError("no argument: " + node);
            };
        }
    }
}
