package org.amibakery.acceptance.secondopinion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.amibakery.acceptance.secondopinion.Shim.Moto;

/** What a stand-in asks moto's EC2, in the place and the name of whoever called. */
final class Ec2Question {
    private final Map<String, String> form = new LinkedHashMap<>();
    private int filters;

    private Ec2Question(String action) {
        form.put("Action", action);
        form.put("Version", "2016-11-15");
    }

    static Ec2Question describe(String action) {
        return new Ec2Question(action);
    }

    static Ec2Question change(String action) {
        return new Ec2Question(action);
    }

    Ec2Question where(String filter, List<String> values) {
        filters++;
        form.put("Filter.%d.Name".formatted(filters), filter);
        return with("Filter.%d.Value".formatted(filters), values);
    }

    /** Adds a list of parameters, numbered. */
    Ec2Question with(String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            form.put("%s.%d".formatted(name, i + 1), values.get(i));
        }
        return this;
    }

    Ec2Question with(String name, String value) {
        form.put(name, value);
        return this;
    }

    /** Asks, and picks the different values of an element out of the answer. */
    List<String> ids(String element, WireCall asker, Moto moto) {
        return ids(element, ask(asker, moto));
    }

    static List<String> ids(String element, WireAnswer answer) {
        return Pattern.compile("<%s>([a-z]+-[^<]+)</%s>".formatted(element, element))
                .matcher(answer.text())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** Asks with the caller's key and region; only the service is another. */
    WireAnswer ask(WireCall asker, Moto moto) {
        Map<String, List<String>> headers = new LinkedHashMap<>(asker.headers());
        headers.remove("X-Amz-Target");
        headers.put("Content-Type", List.of("application/x-www-form-urlencoded; charset=UTF-8"));
        headers.computeIfPresent(
                "Authorization",
                (name, values) -> List.of(values.get(0).replaceFirst("/[a-z0-9]+/aws4_request", "/ec2/aws4_request")));
        return moto.answer(new WireCall("POST", "/", headers, new byte[0]).withForm(form));
    }
}
