import { make } from './dom.js';
import { places } from './place.js';

const width = 240;
const height = 110;
const kilometresOfDegree = 111.32;

// What the map shows from side to side; a press goes on to the next.
const extents = [8, 80, 800];
const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const lengths = [1, 2, 5, 10, 20, 50, 100, 200];
const widestStep = 26;
const longestScale = 70;
const farthestPlace = 150;

/**
 * A place on the grid of the earth with a scale, a pin, and the cities around it. It is drawn from the two numbers alone: a map from
 * elsewhere would tell somebody where people look.
 */
export function mapOf({ latitude, longitude }) {
  let at = 0;
  const button = make('button', { type: 'button', class: 'map-button' });
  const show = () => {
    const extent = extents[at];
    const label = `Map of ${inWords(latitude, longitude)}, ${extent} km wide. Press for ${extents[(at + 1) % extents.length]} km`;
    button.setAttribute('aria-label', label);
    button.title = label;
    button.replaceChildren(drawn(latitude, longitude, extent));
  };
  button.addEventListener('click', () => {
    at = (at + 1) % extents.length;
    show();
  });
  show();
  return button;
}

/** How far it is from the nearest city that the page knows, or nothing. */
export function nearestOf({ latitude, longitude }) {
  const [name, away] = places
    .map(([city, north, east]) => [city, distance(latitude, longitude, north, east)])
    .reduce((best, one) => (one[1] < best[1] ? one : best));
  if (away > farthestPlace) return '';
  return away < 1 ? name : `${Math.round(away)} km from the centre of ${name}`;
}

function drawn(latitude, longitude, extent) {
  const perKilometre = width / extent;
  const perNorth = kilometresOfDegree * perKilometre;
  const perEast = perNorth * Math.max(0.05, Math.cos(latitude * Math.PI / 180));
  const x = (east) => width / 2 + (east - longitude) * perEast;
  const y = (north) => height / 2 - (north - latitude) * perNorth;
  const svg = shape('svg', { class: 'map', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  svg.append(shape('rect', { class: 'map-ground', width, height }));

  for (const east of gridLines(longitude, perEast, width)) {
    svg.append(shape('path', { class: 'map-line', d: `M${x(east)} 0V${height}` }), words('map-degree', x(east) + 2, 9, degrees(east)));
  }
  for (const north of gridLines(latitude, perNorth, height)) {
    svg.append(shape('path', { class: 'map-line', d: `M0 ${y(north)}H${width}` }), words('map-degree', 3, y(north) - 2, degrees(north)));
  }
  for (const [name, north, east] of places) {
    if (Math.abs(x(east) - width / 2) > width / 2 || Math.abs(y(north) - height / 2) > height / 2) continue;
    svg.append(shape('circle', { class: 'map-city', cx: x(east), cy: y(north), r: 3 }), words('map-name', x(east) + 5, y(north) + 12, name));
  }

  svg.append(
    shape('circle', { class: 'map-halo', cx: width / 2, cy: height / 2, r: 15 }),
    shape('path', { class: 'map-pin', transform: `translate(${width / 2} ${height / 2})`, d: 'M0 0s9-8 9-15a9 9 0 1 0-18 0c0 7 9 15 9 15Z' }),
    shape('circle', { class: 'map-hole', cx: width / 2, cy: height / 2 - 15, r: 3.3 }),
  );
  const length = lengths.findLast((kilometres) => kilometres * perKilometre <= longestScale) ?? lengths[0];
  const [right, bottom] = [width - 9, height - 8];
  const left = right - length * perKilometre;
  svg.append(
    shape('path', { class: 'map-scale', d: `M${left} ${bottom - 4}v4H${right}v-4` }),
    words('map-degree', left + 3, bottom - 4, `${length} km`),
  );
  return svg;
}

function gridLines(around, perDegree, length) {
  const step = steps.find((one) => one * perDegree >= widestStep) ?? steps.at(-1);
  const first = Math.ceil((around - length / 2 / perDegree) / step);
  const last = Math.floor((around + length / 2 / perDegree) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toFixed(2)));
}

function distance(north1, east1, north2, east2) {
  const north = (north2 - north1) * kilometresOfDegree;
  const east = (east2 - east1) * kilometresOfDegree * Math.cos((north1 + north2) / 2 * Math.PI / 180);
  return Math.hypot(north, east);
}

const degrees = (value) => `${value}°`;

function inWords(latitude, longitude) {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

function shape(tag, properties, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const words = (name, x, y, text) => shape('text', { class: name, x, y }, text);
