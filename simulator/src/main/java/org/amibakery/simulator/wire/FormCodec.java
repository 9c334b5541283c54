package org.amibakery.simulator.wire;

import static software.amazon.awssdk.core.traits.TimestampFormatTrait.Format.ISO_8601;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Reads requests of the EC2 and Query protocols, which are forms with dotted and numbered names. */
final class FormCodec {
    /** Clients send empty values for what is not set (Packer: {@code SubnetId=}); only a tag's value may be empty. */
    private static final Pattern MAY_BE_EMPTY = Pattern.compile("(.*\\.)?Tag\\.\\d+\\.Value");

    private static final Set<String> NOT_MEMBERS = Set.of("Action", "Version");

    private final WireProtocol protocol;

    FormCodec(WireProtocol protocol) {
        this.protocol = protocol;
    }

    /** Fills a request builder; a parameter the operation does not know is refused by name. */
    SdkPojo decode(SdkPojo builder, Parameters parameters) {
        FormNode root = FormNode.treeOf(membersOf(parameters));
        fill(builder, root);
        List<String> unknown = root.unread();
        if (!unknown.isEmpty()) {
            throw Refusal.UNKNOWN_PARAMETER.in(
                    protocol, "The parameter " + String.join(", ", unknown) + " is not recognized");
        }
        return Members.build(builder);
    }

    private Parameters membersOf(Parameters parameters) {
        return new Parameters(parameters.pairs().stream()
                .filter(pair ->
                        !NOT_MEMBERS.contains(pair.name()) && !pair.name().startsWith("X-Amz-"))
                .filter(pair -> !isEmptyEc2Value(pair))
                .toList());
    }

    private boolean isEmptyEc2Value(Parameters.Parameter pair) {
        return protocol == WireProtocol.EC2_QUERY
                && pair.value().isEmpty()
                && !MAY_BE_EMPTY.matcher(pair.name()).matches();
    }

    private void fill(SdkPojo builder, FormNode node) {
        for (SdkField<?> field : builder.sdkFields()) {
            node.descend(field.locationName())
                    .flatMap(child -> value(field, child))
                    .ifPresent(value -> field.set(builder, value));
        }
    }

    private Optional<Object> value(SdkField<?> field, FormNode node) {
        return switch (Members.typeOf(field)) {
            case LIST -> Optional.of(list(Members.listOf(field), node));
            case MAP -> Optional.of(map(Members.mapOf(field), node));
            case SDK_POJO -> {
                SdkPojo builder = Members.builderOf(field);
                fill(builder, node);
                yield Optional.of(Members.build(builder));
            }
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, SDK_BYTES ->
                node.read().map(text -> scalar(field, node, text));
            case DOCUMENT, NULL -> Optional.empty();
        };
    }

    /** EC2 requests number the list's own name; Query puts {@code member} between, unless the list is flattened. */
    private List<Object> list(ListTrait trait, FormNode node) {
        boolean direct = protocol == WireProtocol.EC2_QUERY || trait.isFlattened();
        String itemName = Optional.ofNullable(trait.memberLocationName()).orElse("member");
        node.read(); // "L=" alone is an empty list
        Optional<FormNode> numbered = direct ? Optional.of(node) : node.child(itemName);
        List<Object> items = new ArrayList<>();
        for (FormNode item : numbered.map(FormNode::items).orElse(List.of())) {
            value(trait.memberFieldInfo(), item).ifPresent(items::add);
        }
        return items;
    }

    private Map<String, Object> map(MapTrait trait, FormNode node) {
        node.read();
        Optional<FormNode> numbered = trait.isFlattened() ? Optional.of(node) : node.child("entry");
        Map<String, Object> entries = new LinkedHashMap<>();
        for (FormNode entry : numbered.map(FormNode::items).orElse(List.of())) {
            Optional<String> key = entry.child(trait.keyLocationName()).flatMap(FormNode::read);
            Optional<Object> value =
                    entry.child(trait.valueLocationName()).flatMap(found -> value(trait.valueFieldInfo(), found));
            if (key.isPresent() && value.isPresent()) {
                entries.put(key.get(), value.get());
            }
        }
        return entries;
    }

    private Object scalar(SdkField<?> field, FormNode node, String text) {
        try {
            return Scalars.parse(field, text, ISO_8601);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.INVALID_VALUE.in(
                    protocol, "Value (" + text + ") for parameter " + node.path() + " is invalid");
        }
    }
}
