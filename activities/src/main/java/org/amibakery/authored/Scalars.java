package org.amibakery.authored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads an unquoted value by the core schema of YAML 1.2, in which {@code no}, {@code 1:30} and {@code 2026-01-01} are
 * texts; the parser's own YAML 1.1 would make a boolean, a number and a date of them.
 */
final class Scalars {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    // longer ones are texts, since no value of ours is so large; so are those with leading zeros, which identify
    // accounts
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,39})");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]{1,40}|(0|[1-9][0-9]{0,39})(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Scalars() {}

    static JsonNode read(String plain) {
        if (NULL.matcher(plain).matches()) {
            return JSON.nullNode();
        }
        if (TRUE.matcher(plain).matches()) {
            return JSON.booleanNode(true);
        }
        if (FALSE.matcher(plain).matches()) {
            return JSON.booleanNode(false);
        }
        if (INTEGER.matcher(plain).matches()) {
            return integer(new BigInteger(plain));
        }
        if (DECIMAL.matcher(plain).matches()) {
            return DecimalNode.valueOf(new BigDecimal(plain)); // keeps 1.10 apart from 1.1 for messages
        }
        return JSON.textNode(plain);
    }

    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JSON.numberNode(value.intValueExact());
        }
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValueExact()) : JSON.numberNode(value);
    }
}
