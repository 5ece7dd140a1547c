# Generated from api-spec/package.json by `npm run generate`. Do not edit.
__version__ = "0.1.0"
