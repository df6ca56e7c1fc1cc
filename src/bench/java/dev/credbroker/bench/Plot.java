package dev.credbroker.bench;

import dev.credbroker.bench.Panel.Line;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The lines of one panel over the seconds of the run. */
final class Plot {

    private static final List<Color> COLORS = IntStream.of(
                    0x3D9B4F, 0xE0A800, 0x2F7ED8, 0xD9432F, 0x8E5FBF, 0xE8833A, 0x20A5A5, 0x8C6D52, 0xD76BA8, 0x6B7785)
            .mapToObj(Color::new)
            .toList();
    private static final Color GRID = new Color(0xEEF1F6);
    private static final Color MARKS = new Color(0x8A94A5);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    private final Panel panel;
    private final List<Line> lines;
    private final double most;
    private final XYChart chart;

    Plot(Panel panel, List<Line> lines, int width, int height) {
        this.panel = panel;
        this.lines = panel.isStacked() ? stacked(lines) : lines;
        most = this.lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(value -> value)
                .filter(value -> value > 0)
                .max()
                .orElse(1);
        chart = new XYChart(width, height);
        style(chart.getStyler());
    }

    static Color color(int number) {
        return COLORS.get(number % COLORS.size());
    }

    static Color tint(Color color) {
        return new Color((color.getRed() + 255) / 2, (color.getGreen() + 255) / 2, (color.getBlue() + 255) / 2);
    }

    private static List<Line> stacked(List<Line> lines) {
        List<Line> sums = new ArrayList<>();
        for (Line line : lines) {
            sums.add(sums.isEmpty() ? line : line.upon(sums.getLast()));
        }
        return sums;
    }

    /** Marks begin and end of something. */
    void mark(String name, double begin, double end) {
        chart.addAnnotation(new AnnotationLine(begin, true, false));
        chart.addAnnotation(new AnnotationLine(end, true, false));
        chart.addAnnotation(new AnnotationText(name, (begin + end) / 2, most * 1.12, false));
    }

    /** From the highest to the lowest, so that of stacked ones all are seen. */
    void paint(Graphics2D area) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            List<Integer> seconds =
                    IntStream.range(0, line.values().size()).boxed().toList();
            XYSeries series = chart.addSeries(line.name(), seconds, line.values());
            series.setXYSeriesRenderStyle(panel.isStacked() ? XYSeriesRenderStyle.Area : XYSeriesRenderStyle.Line);
            series.setMarker(SeriesMarkers.NONE);
            series.setLineStyle(new BasicStroke(1.6f));
            series.setLineColor(color(i));
            series.setFillColor(tint(color(i)));
            // With an end between two values the labels are round numbers, not every so many values.
            chart.getStyler().setXAxisMax(seconds.size() - 0.5);
        }
        chart.paint(area, chart.getWidth(), chart.getHeight());
    }

    private void style(XYStyler styler) {
        styler.setLegendVisible(false);
        styler.setChartTitleVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartPadding(4);
        styler.setPlotBorderVisible(false);
        styler.setPlotContentSize(0.97);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTicksMarksVisible(false);
        styler.setAxisTickLabelsFont(SMALL);
        styler.setXAxisTickMarkSpacingHint(60);
        styler.setXAxisDecimalPattern("0 s");
        styler.setYAxisTickMarkSpacingHint(30);
        styler.setYAxisTickLabelsFormattingFunction(panel::told);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(most * 1.2);
        styler.setAnnotationLineColor(MARKS);
        styler.setAnnotationLineStroke(
                new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {2, 4}, 0));
        styler.setAnnotationTextFont(SMALL.deriveFont(Font.BOLD));
        styler.setAnnotationTextFontColor(MARKS);
    }
}
