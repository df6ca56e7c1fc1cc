package dev.credbroker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.bench.Panel.Line;
import dev.credbroker.deploy.Monitoring;
import dev.credbroker.deploy.Yaml;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;

/** All panels of the dashboard where they are in Grafana, and above them what happened when. */
final class DashboardPicture {

    private static final int COLUMNS = 24;
    private static final int COLUMN = 66;
    private static final int ROW = 27;
    private static final int GAP = 8;
    private static final int LINE = 16;
    private static final int HEADER = 86;
    private static final int TITLE = 24;
    private static final int LEGEND = 36;

    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font BOLD = TEXT.deriveFont(Font.BOLD, 13);
    private static final Font LARGE = TEXT.deriveFont(Font.BOLD, 34);
    private static final Color FRAME = new Color(0xD8DCE3);
    private static final Color BAND = new Color(0xEEF1F6);
    private static final Color GOOD = new Color(0x9ECDA7);
    private static final Color ALARMING = new Color(0xECA197);

    private final Prometheus prometheus;
    private final Instant begin;
    private final Instant end;
    private final List<Traffic.Episode> episodes;

    DashboardPicture(Prometheus prometheus, Instant begin, Instant end, List<Traffic.Episode> episodes) {
        this.prometheus = prometheus;
        this.begin = begin;
        this.end = end;
        this.episodes = episodes;
    }

    void draw(Path file) throws IOException {
        JsonNode dashboard = Monitoring.dashboard();
        List<Panel> panels =
                Yaml.stream(dashboard.get("panels")).map(Panel::new).toList();
        Panel last = panels.getLast();
        BufferedImage image = new BufferedImage(
                COLUMNS * COLUMN + GAP,
                HEADER + (last.place("y") + last.place("h")) * ROW + GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        header(canvas, dashboard.get("title").asText());
        panels.forEach(panel -> panel(canvas, panel));
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void header(Graphics2D canvas, String title) {
        text(canvas, BOLD.deriveFont(20f), title, GAP, 26);
        text(canvas, TEXT, "Plots of the dashboard's queries over a run under load; not made by Grafana.", GAP, 46);
        int x = GAP;
        for (Traffic.Episode episode : episodes) {
            String told = "%s  %s, %.0f to %.0f s"
                    .formatted(letter(episode), episode.what(), second(episode.begin()), second(episode.end()));
            text(canvas, BOLD, told, x, 70);
            x += canvas.getFontMetrics(BOLD).stringWidth(told) + 5 * GAP;
        }
    }

    private void panel(Graphics2D canvas, Panel panel) {
        int width = panel.place("w") * COLUMN - GAP;
        int height = panel.place("h") * ROW - GAP;
        Graphics2D area =
                part(canvas, panel.place("x") * COLUMN + GAP, HEADER + panel.place("y") * ROW, width + 1, height + 1);
        area.setColor(panel.kind().equals("row") ? BAND : Color.WHITE);
        area.fillRect(0, 0, width, height);
        text(area, BOLD, panel.title(), GAP, LINE - 2);
        if (!panel.kind().equals("row")) {
            List<Line> lines = panel.lines(prometheus, begin, end);
            if (panel.kind().equals("stat")) {
                value(
                        area,
                        panel,
                        lines.isEmpty() ? Double.NaN : lines.getFirst().last(),
                        width,
                        height);
            } else {
                plot(part(area, 1, TITLE, width - 1, height - TITLE - LEGEND), panel, lines);
                legend(part(area, 0, height - LEGEND, width, LEGEND), lines);
            }
            area.setColor(FRAME);
            area.drawRect(0, 0, width, height);
        }
    }

    private static void value(Graphics2D area, Panel panel, double value, int width, int height) {
        area.setColor(panel.isAlarming(value) ? ALARMING : GOOD);
        area.fillRect(0, TITLE, width, height - TITLE);
        String told = panel.told(value);
        text(area, LARGE, told, (width - area.getFontMetrics(LARGE).stringWidth(told)) / 2, height / 2 + TITLE);
    }

    private void plot(Graphics2D area, Panel panel, List<Line> lines) {
        Plot plot = new Plot(panel, lines, area.getClipBounds().width, area.getClipBounds().height);
        for (Traffic.Episode episode : episodes) {
            plot.mark(letter(episode), second(episode.begin()), second(episode.end()));
        }
        plot.paint(area);
    }

    private static void legend(Graphics2D area, List<Line> lines) {
        int x = 2 * GAP;
        int y = LINE - 2;
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).name();
            int width = area.getFontMetrics(TEXT).stringWidth(name) + 4 * GAP;
            if (x + width > area.getClipBounds().width) {
                x = 2 * GAP;
                y += LINE;
            }
            area.setColor(Plot.color(i));
            area.fillRect(x, y - 6, 12, 4);
            text(area, TEXT, name, x + 2 * GAP, y);
            x += width;
        }
    }

    private String letter(Traffic.Episode episode) {
        return Character.toString('A' + episodes.indexOf(episode));
    }

    private double second(Instant moment) {
        return Duration.between(begin, moment).toMillis() / 1e3;
    }

    private static Graphics2D part(Graphics2D area, int x, int y, int width, int height) {
        return (Graphics2D) area.create(x, y, width, height);
    }

    private static void text(Graphics2D area, Font font, String text, int x, int y) {
        area.setFont(font);
        area.setColor(Color.DARK_GRAY);
        area.drawString(text, x, y);
    }
}
