// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721A} from "erc721a/contracts/ERC721A.sol";
import {CreatorCollection} from "./CreatorCollection.sol";
import {SaleTerms} from "./DropTypes.sol";

/// How the works of a drop are sold: in order, at one price, within a window, so many to an account. Ids start at 0.
abstract contract DropSale is ERC721A, CreatorCollection {
    /// One slot: a mint reads no other of ours.
    struct Sale {
        uint96 price;
        uint40 opensAt;
        uint40 closesAt; // 0: nothing committed yet, so nothing is for sale
        uint32 maxPerWallet;
        uint32 count;
    }

    /// An owner is found by walking back to the first token of a mint, so a mint's size bounds the cost of a transfer.
    uint256 public constant MAX_QUANTITY = 100;

    Sale private _sale;

    event SaleOpened(uint96 price, uint40 opensAt, uint40 closesAt, uint32 maxPerWallet, uint32 count);
    event SaleEnded(uint40 closesAt);

    error BadSale();
    error SaleNotOpen();
    error SoldOut();
    error TooMany(uint256 most);
    error WrongPayment(uint256 price);

    /// Never runs for a clone. Its empty storage is what ERC721A needs to start at id 0; names come from the clone's terms.
    constructor() ERC721A("", "") {}

    // ---------------------------------------------------------------- sell

    /// Anyone may pay, for any account. No receiver is called.
    /// @param quantity 1 to 100; all or nothing
    /// @return first their ids are `first` to `first + quantity - 1`
    function mint(address to, uint256 quantity) external payable returns (uint256 first) {
        Sale memory terms = _sale;
        if (block.timestamp < terms.opensAt || block.timestamp >= terms.closesAt) revert SaleNotOpen();
        if (quantity > MAX_QUANTITY) revert TooMany(MAX_QUANTITY);
        if (msg.value != terms.price * quantity) revert WrongPayment(terms.price * quantity);
        first = _nextTokenId();
        if (first + quantity > terms.count) revert SoldOut();
        if (_numberMinted(to) + quantity > terms.maxPerWallet) revert TooMany(terms.maxPerWallet);
        _mint(to, quantity);
    }

    /// Closes the sale at this second. There is no way to a later end.
    function endSale() external onlyOwner {
        if (block.timestamp >= _sale.closesAt) revert SaleNotOpen();
        _sale.closesAt = uint40(block.timestamp);
        emit SaleEnded(uint40(block.timestamp));
    }

    /// Has to be called once.
    function _openSale(SaleTerms calldata terms, uint32 count) internal {
        bool ends = terms.closesAt > block.timestamp && terms.closesAt > terms.opensAt;
        if (!ends || terms.maxPerWallet == 0 || count == 0) revert BadSale();
        _sale = Sale(terms.price, terms.opensAt, terms.closesAt, terms.maxPerWallet, count);
        emit SaleOpened(terms.price, terms.opensAt, terms.closesAt, terms.maxPerWallet, count);
    }

    // ---------------------------------------------------------------- reading

    /// All zero before the batch is committed.
    function sale() public view returns (Sale memory) {
        return _sale;
    }

    /// Tokens ever minted, given back or not.
    function totalMinted() external view returns (uint256) {
        return _totalMinted();
    }

    /// How many works this account was minted, of `maxPerWallet`.
    function mintedTo(address account) external view returns (uint256) {
        return _numberMinted(account);
    }

    /// True for good once no work can be sold any more.
    function saleIsOver() public view returns (bool) {
        return _sale.closesAt != 0 && (block.timestamp >= _sale.closesAt || _totalMinted() == _sale.count);
    }

    function name() public view override(ERC721A, CreatorCollection) returns (string memory) {
        return CreatorCollection.name();
    }

    function symbol() public view override(ERC721A, CreatorCollection) returns (string memory) {
        return CreatorCollection.symbol();
    }
}
