package org.amibakery.acceptance.permissions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What IAM is asked about one resource of a call. A call needs all of its needs answered by yes.
 *
 * @param action such as ec2:TerminateInstances
 * @param resource its ARN, or * for what knows no resources
 * @param context condition keys, each with its values
 */
record Need(String action, String resource, Map<String, List<String>> context) {
    Need {
        context = new TreeMap<>(context);
    }

    static Need of(String action, String resource) {
        return new Need(action, resource, Map.of());
    }

    Need with(String key, String value) {
        return with(key, List.of(value));
    }

    Need with(String key, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(context);
        more.put(key, values);
        return new Need(action, resource, more);
    }

    Need without(String key) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(context);
        fewer.remove(key);
        return new Need(action, resource, fewer);
    }

    /** The same about a resource that carries these tags already. */
    Need onResourceTagged(Map<String, String> tags) {
        Need need = this;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            need = need.with("aws:ResourceTag/" + tag.getKey(), tag.getValue())
                    .with("ec2:ResourceTag/" + tag.getKey(), tag.getValue())
                    .with("ssm:resourceTag/" + tag.getKey(), tag.getValue());
        }
        return need;
    }

    /** The same with tags in the request. */
    Need requestingTags(Map<String, String> tags) {
        Need need = tags.isEmpty() ? this : with("aws:TagKeys", List.copyOf(tags.keySet()));
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            need = need.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
        }
        return need;
    }

    Need of(String otherAction) {
        return new Need(otherAction, resource, context);
    }

    Need about(String otherResource) {
        return new Need(action, otherResource, context);
    }

    boolean has(String key) {
        return context.containsKey(key);
    }
}
