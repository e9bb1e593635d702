import "reflect-metadata";
import { Controller, Get, Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

// What the compiler of TypeScript makes of decorators.
class ItemsController {
  items() {
    return { items: [] };
  }
}
Controller("items")(ItemsController);
Get()(ItemsController.prototype, "items", Object.getOwnPropertyDescriptor(ItemsController.prototype, "items"));
class AppModule {}
Module({ controllers: [ItemsController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
app.enableCors({ origin: "https://app.example.com", credentials: true });
await app.listen(process.argv[2], "127.0.0.1");
