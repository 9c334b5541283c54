package org.amibakery.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.amibakery.window.RecipeLine;
import org.amibakery.window.RecipeState;
import org.amibakery.window.WindowReport;

/** Tells of each recipe of a window's run when its state has changed. */
final class WindowNews implements Function<WindowReport, List<String>> {
    private final Palette palette;
    private final Map<String, RecipeState> told = new LinkedHashMap<>();

    WindowNews(Palette palette) {
        this.palette = palette;
    }

    @Override
    public List<String> apply(WindowReport report) {
        List<String> news = new ArrayList<>();
        for (RecipeLine line : report.recipes()) {
            RecipeState before = told.put(line.recipe(), line.state());
            if (before != line.state() && line.state() != RecipeState.WAITING) {
                news.add(WindowText.line(line, palette));
            }
        }
        return news;
    }
}
