import http from "node:http";

// What a proxy stands in front of: an application that knows nothing of CORS.
http
  .createServer((request, response) => {
    const found = request.url === "/items";
    response.writeHead(found ? 200 : 404, { "Content-Type": "application/json" });
    response.end(found ? '{"items":[]}' : "{}");
  })
  .listen(process.argv[2], "127.0.0.1");
