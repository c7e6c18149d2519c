/* A PNG of a picture: its SVG drawn on a canvas, with the font of the pages put into it, as a picture may load nothing. */
"use strict";
(() => {
  const SCALE = 2; // pixels for one unit of the picture

  const asData = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  const fetched = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  };

  async function draw(address, font) {
    const file = await fetched(address);
    const svg = await file.text();
    const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    const data = await asData(await (await fetched(font)).blob());
    // As text: an element made here would fall under the page's own policy, which allows no inline style.
    const face = `<style>@font-face { font-family: "${root.getAttribute("font-family")}"; src: url("${data}"); }</style>`;
    const image = new Image();
    image.src = await asData(new Blob([svg.replace(/^<svg[^>]*>/, (tag) => tag + face)], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Number(root.getAttribute("width")) * SCALE;
    canvas.height = Number(root.getAttribute("height")) * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const name = /filename="([^"]+)\.svg"/.exec(file.headers.get("content-disposition") || "");
    return [await new Promise((resolve) => canvas.toBlob(resolve, "image/png")), `${name ? name[1] : "mithaq"}.png`];
  }

  for (const place of document.querySelectorAll("[data-png]")) {
    place.hidden = false;
    place.querySelector("a").addEventListener("click", async (event) => {
      event.preventDefault();
      const [blob, name] = await draw(place.dataset.png, place.dataset.font);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }
})();
