// Takes a chart away as a picture. The browser draws it, with the chart's own words in it.

const WIDTH = 1000;
const TITLE = { line: 26, size: 20 };
const BELOW = { line: 19, size: 14 };
const EDGE = 16;

// The layout of the picture: the chart's own, under its title and what is said of it.
function withWords(layout, height, data) {
  const lines = data.title.split("<br>").length;
  const below = data.below.split("<br>").length;
  const head = 2 * EDGE + lines * TITLE.line + below * BELOW.line;
  return {
    ...layout,
    width: WIDTH,
    height: height + head,
    margin: { ...layout.margin, t: (layout.margin?.t ?? EDGE) + head },
    paper_bgcolor: data.paper,
    title: {
      text: `<b>${data.title}</b>`,
      font: { size: TITLE.size },
      subtitle: { text: data.below, font: { size: BELOW.size } },
      x: EDGE / WIDTH,
      xanchor: "left",
      yref: "container",
      y: 1 - (EDGE + TITLE.size) / (height + head),
      yanchor: "bottom",
    },
  };
}

function take(plot, data, format) {
  const [layout, options] = [plot.layout, plot._context.toImageButtonOptions];
  const picture = withWords(layout, plot._fullLayout.height, data);
  const { width, height } = picture;
  // The library copies both before it begins to draw, so what the page shows does not change.
  plot.layout = picture;
  plot._context.toImageButtonOptions = { format, filename: data.file, width, height, scale: 2 };
  try {
    plot.querySelector(".modebar-btn").click();
  } finally {
    plot.layout = layout;
    plot._context.toImageButtonOptions = options;
  }
}

export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = () => {
      const plot = document.querySelector(`.st-key-chart_${CSS.escape(data.chart)} .js-plotly-plot`);
      if (plot?._fullLayout) take(plot, data, button.dataset.format);
    };
  }
}
