package io.eventful.routes;

import java.util.HashSet;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/** How many aliases of mappings and lists a route file may have. Camel, which reads the file after the checks, allows no more. */
final class AliasLimit {

    static final int MAX = 50;

    private AliasLimit() {}

    /** The first alias beyond the limit; the file as a whole if there is none. */
    static Place exceeded(RouteFile file, LoadSettings settings) {
        Set<String> collections = new HashSet<>();
        int aliases = 0;
        for (Event event : new Parse(settings).parseString(file.text())) {
            if (event instanceof CollectionStartEvent start)
                start.getAnchor().ifPresent(anchor -> collections.add(anchor.getValue()));
            if (event instanceof AliasEvent alias
                    && collections.contains(alias.getAlias().getValue())
                    && ++aliases > MAX) return Place.of(file.path(), alias.getStartMark());
        }
        return Place.whole(file.path());
    }
}
