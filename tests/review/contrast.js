// Words that stand out from what they stand on by less than 4.5 to 1: [ratio, element], for `execute_script`.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const parts = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
const ground = (node) => {
  for (; node; node = node.parentElement) {
    const colour = parts(getComputedStyle(node).backgroundColor);
    if (colour[3] === 255) return colour;
  }
  return [255, 255, 255];
};
const ratio = (node) => {
  const [one, other] = [light(parts(getComputedStyle(node).color)), light(ground(node))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
};
const hasWords = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
return [...document.querySelectorAll("body *")]
  .filter((node) => node.checkVisibility() && hasWords(node) && !node.closest("[disabled]"))
  .map((node) => [ratio(node), node.outerHTML.slice(0, 120)])
  .filter(([found]) => found < 4.5);
