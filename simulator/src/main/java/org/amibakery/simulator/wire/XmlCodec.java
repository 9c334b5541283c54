package org.amibakery.simulator.wire;

import static software.amazon.awssdk.core.traits.TimestampFormatTrait.Format.ISO_8601;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;

/** Writes records as XML (EC2, Query, S3) and reads them (S3 request bodies). */
final class XmlCodec {
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private XmlCodec() {}

    /** Writes the body members of a record as elements. */
    static void write(XmlWriter out, SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            if (Members.isIn(field, MarshallLocation.PAYLOAD) && !isAttribute(field)) {
                Members.valueOf(field, pojo).ifPresent(value -> write(out, field, value));
            }
        }
    }

    /** Writes one member under its own name. */
    static void write(XmlWriter out, SdkField<?> field, Object value) {
        write(out, field.unmarshallLocationName(), field, value);
    }

    /** Fills a builder from an element; an unknown child is refused. */
    static SdkPojo read(SdkPojo builder, XmlElement element) {
        List<String> known = new ArrayList<>();
        for (SdkField<?> field : builder.sdkFields()) {
            known.add(field.locationName());
            readMember(field, element).ifPresent(value -> field.set(builder, value));
        }
        for (XmlElement child : element.children()) {
            if (!known.contains(child.name())) {
                throw Refusal.UNKNOWN_PARAMETER.in(
                        WireProtocol.REST_XML, "The element " + child.name() + " is not part of " + element.name());
            }
        }
        return Members.build(builder);
    }

    private static void write(XmlWriter out, String name, SdkField<?> field, Object value) {
        switch (Members.typeOf(field)) {
            case LIST -> writeList(out, name, Members.listOf(field), (List<?>) value);
            case MAP -> writeMap(out, name, Members.mapOf(field), (Map<?, ?>) value);
            case SDK_POJO -> {
                SdkPojo pojo = (SdkPojo) value;
                out.open(name, attributesOf(pojo));
                write(out, pojo);
                out.close(name);
            }
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, SDK_BYTES ->
                out.element(name, Scalars.print(field, value, ISO_8601));
            case DOCUMENT, NULL -> throw new IllegalStateException("XML has no form for " + field.memberName());
        }
    }

    private static void writeList(XmlWriter out, String name, ListTrait trait, List<?> items) {
        SdkField<?> item = trait.memberFieldInfo();
        if (trait.isFlattened()) {
            items.forEach(each -> write(out, name, item, each));
            return;
        }
        out.open(name);
        items.forEach(each -> write(out, itemName(trait), item, each));
        out.close(name);
    }

    private static void writeMap(XmlWriter out, String name, MapTrait trait, Map<?, ?> entries) {
        String entryName = trait.isFlattened() ? name : "entry";
        if (!trait.isFlattened()) {
            out.open(name);
        }
        entries.forEach((key, value) -> {
            out.open(entryName).element(trait.keyLocationName(), key.toString());
            write(out, trait.valueLocationName(), trait.valueFieldInfo(), value);
            out.close(entryName);
        });
        if (!trait.isFlattened()) {
            out.close(name);
        }
    }

    private static boolean isAttribute(SdkField<?> field) {
        return field.containsTrait(XmlAttributeTrait.class);
    }

    private static String attributesOf(SdkPojo pojo) {
        StringBuilder attributes = new StringBuilder();
        for (SdkField<?> field : pojo.sdkFields()) {
            if (isAttribute(field)) {
                Members.valueOf(field, pojo).ifPresent(value -> attributes
                        .append("xmlns:xsi=\"" + XSI + "\" ")
                        .append(field.unmarshallLocationName())
                        .append("=\"")
                        .append(XmlWriter.escape(value.toString()))
                        .append('"'));
            }
        }
        return attributes.toString();
    }

    private static Optional<Object> readMember(SdkField<?> field, XmlElement parent) {
        String name = field.locationName();
        if (isAttribute(field)) {
            return parent.attribute(name.substring(name.indexOf(':') + 1)).map(text -> (Object) text);
        }
        List<XmlElement> elements = parent.children(name);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(readValue(field, elements));
    }

    private static Object readValue(SdkField<?> field, List<XmlElement> elements) {
        XmlElement element = elements.get(0);
        return switch (Members.typeOf(field)) {
            case LIST -> readList(Members.listOf(field), elements);
            case MAP -> readMap(Members.mapOf(field), elements);
            case SDK_POJO -> read(Members.builderOf(field), element);
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, SDK_BYTES ->
                scalar(field, element);
            case DOCUMENT, NULL -> throw new IllegalStateException("XML has no form for " + field.memberName());
        };
    }

    private static List<Object> readList(ListTrait trait, List<XmlElement> elements) {
        List<XmlElement> items =
                trait.isFlattened() ? elements : elements.get(0).children(itemName(trait));
        List<Object> values = new ArrayList<>();
        items.forEach(item -> values.add(readValue(trait.memberFieldInfo(), List.of(item))));
        return values;
    }

    private static Map<String, Object> readMap(MapTrait trait, List<XmlElement> elements) {
        List<XmlElement> entries =
                trait.isFlattened() ? elements : elements.get(0).children("entry");
        Map<String, Object> values = new LinkedHashMap<>();
        for (XmlElement entry : entries) {
            String key =
                    entry.child(trait.keyLocationName()).map(XmlElement::text).orElse("");
            values.put(key, readValue(trait.valueFieldInfo(), entry.children(trait.valueLocationName())));
        }
        return values;
    }

    private static String itemName(ListTrait trait) {
        return Optional.ofNullable(trait.memberLocationName()).orElse("member");
    }

    private static Object scalar(SdkField<?> field, XmlElement element) {
        try {
            return Scalars.parse(field, element.text(), ISO_8601);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.MALFORMED_BODY.in(
                    WireProtocol.REST_XML, element.name() + " has the invalid value " + element.text());
        }
    }
}
