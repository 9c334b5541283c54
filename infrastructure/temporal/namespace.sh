#!/bin/sh
# Creates the namespace and the search attributes that bakes write, where they are missing. Safe to run again: it does so
# at every start. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE mean what they mean to every client; RETENTION says for how long
# ended bakes are kept.
set -eu

patience=60
until temporal operator cluster health >/dev/null 2>&1; do
    patience=$((patience - 1))
    if [ "$patience" -eq 0 ]; then
        temporal operator cluster health
        exit 1
    fi
    sleep 1
done

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

# A new namespace is known to all parts of the server within some seconds.
until known=$(temporal operator search-attribute list 2>&1); do
    patience=$((patience - 1))
    if [ "$patience" -eq 0 ]; then
        echo "$known" >&2
        exit 1
    fi
    sleep 1
done
for name in BakeryRecipe BakeryStep BakeryRegion BakeryImage BakeryBuilder; do
    case $known in
        *"$name"*) ;;
        *) temporal operator search-attribute create --name "$name" --type Keyword ;;
    esac
done
echo "The namespace $TEMPORAL_NAMESPACE knows what bakes write."
