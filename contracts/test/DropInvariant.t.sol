// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DropCollection} from "../src/DropCollection.sol";
import {DropSale} from "../src/DropSale.sol";
import {Batch} from "../src/DropTypes.sol";
import {DropFixture} from "./DropFixture.sol";
import {DropTree} from "./DropTree.sol";

/// Buys, gifts, transfers, withdrawals, the early end, openings right and wrong and refunds, in any order and at any time. Every call
/// is told beforehand whether it has to succeed.
contract DropHandler is DropFixture {
    /// What `reveal` showed first; zero before.
    bytes32 public shown;
    uint256 public royalties;
    uint256 public withdrawn;
    uint256 public refunded;
    uint40 public lastClose = CLOSES;
    bool public endMovedLater;

    constructor() {
        DropFixture.setUp();
        _commit(_saleTerms());
        vm.deal(address(this), 1_000_000 ether);
    }

    /// Not a second time: the fuzzer calls whatever is public.
    function setUp() public override {}

    function dropAddress() external view returns (DropCollection) {
        return drop;
    }

    function wallet(uint256 n) public pure returns (address) {
        return vm.addr(1 + n % 4);
    }

    function mint(uint256 who, uint256 quantity) external {
        quantity = 1 + quantity % 101;
        address to = wallet(who);
        bool open = block.timestamp >= OPENS && block.timestamp < drop.sale().closesAt;
        bool fits = drop.totalMinted() + quantity <= COUNT && drop.mintedTo(to) + quantity <= PER_WALLET;
        bool expected = open && fits && quantity <= 100;
        bytes memory call_ = abi.encodeCall(drop.mint, (to, quantity));
        _try(address(this), PRICE * quantity, call_, expected);
    }

    function transfer(uint256 id, uint256 who) external {
        if (drop.totalMinted() == 0) return;
        id = id % drop.totalMinted();
        (bool held, address owner) = _ownerOf(id);
        if (!held) return;
        address to = wallet(who);
        _try(owner, 0, abi.encodeCall(drop.transferFrom, (owner, to, id)), true);
    }

    /// Seldom, or nothing would ever be sold.
    function endSale(uint256 rarely) external {
        if (rarely % 16 != 0) return;
        bool expected = block.timestamp < drop.sale().closesAt;
        _try(creator, 0, abi.encodeCall(drop.endSale, ()), expected);
        uint40 close = drop.sale().closesAt;
        if (close > lastClose) endMovedLater = true;
        lastClose = close;
    }

    function commitAgain(bytes32 other, uint32 count) external {
        Batch memory batch = Batch(VERSION, other, count);
        bytes memory signature = _signatureOf(batch);
        _try(creator, 0, abi.encodeCall(drop.commit, (batch, other, _saleTerms(), signature)), false);
    }

    function reveal(uint256 rarely) external {
        if (rarely % 8 != 0) return;
        bool expected = shown == 0 && drop.saleIsOver();
        _try(address(this), 0, abi.encodeCall(drop.reveal, (SALT, DIRECTORY)), expected);
        if (expected) shown = drop.directory();
    }

    function revealWrongly(bytes32 salt, bytes32 directory) external {
        _try(creator, 0, abi.encodeCall(drop.reveal, (salt, directory)), false);
    }

    function refund(uint256 id, uint256 who) external {
        if (drop.totalMinted() == 0) return;
        id = id % drop.totalMinted();
        (bool held, address owner) = _ownerOf(id);
        address by = who % 2 == 0 && held ? owner : wallet(who);
        bool late = block.timestamp >= uint256(drop.sale().closesAt) + 30 days;
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        bool expected = held && owner == by && late && drop.directory() == 0;
        _try(by, 0, abi.encodeCall(drop.refund, (ids)), expected);
        if (expected) refunded += PRICE;
    }

    function payRoyalty(uint96 amount) external {
        royalties += amount;
        _try(address(this), amount, "", true);
    }

    function withdraw() external {
        uint256 before = vm.addr(9).balance;
        _try(creator, 0, abi.encodeCall(drop.withdraw, (vm.addr(9))), true);
        withdrawn += vm.addr(9).balance - before;
    }

    /// Seconds while there is nothing to lose, then now and then weeks: the sale is met open, over, and long over.
    function pass(uint256 time) external {
        bool long = drop.totalMinted() > 0 && time % 3 == 0;
        vm.warp(block.timestamp + time % 8 * (long ? 6 days : 30 seconds));
    }

    function _ownerOf(uint256 id) private view returns (bool held, address owner) {
        try drop.ownerOf(id) returns (address owner_) {
            return (true, owner_);
        } catch {}
    }

    function _try(address by, uint256 value, bytes memory call_, bool expected) private {
        vm.deal(by, by.balance + value);
        vm.prank(by);
        (bool done,) = address(drop).call{value: value}(call_);
        vm.assertTrue(done == expected, "succeeds exactly when it has to");
    }
}

contract DropInvariantTest is DropFixture {
    DropHandler private handler;

    function setUp() public override {
        handler = new DropHandler();
        drop = handler.dropAddress();
        root = DropTree.root(_receipts(COUNT));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariantNoMoreIsMintedThanCommitted() public view {
        vm.assertTrue(drop.totalMinted() <= COUNT);
        for (uint256 n; n < 4; ++n) {
            vm.assertTrue(drop.mintedTo(handler.wallet(n)) <= PER_WALLET);
        }
    }

    function invariantWhatIsCommittedStays() public view {
        vm.assertEq(abi.encode(drop.batch()), abi.encode(_batch()));
        vm.assertEq(drop.revealHash(), _revealHash());
        DropSale.Sale memory sale = drop.sale();
        vm.assertEq(abi.encode(sale.price, sale.opensAt, sale.maxPerWallet), abi.encode(PRICE, OPENS, PER_WALLET));
        vm.assertEq(sale.count, COUNT);
        vm.assertFalse(handler.endMovedLater());
    }

    function invariantWhatIsRevealedStays() public view {
        vm.assertEq(drop.directory(), handler.shown());
        vm.assertTrue(drop.directory() == 0 || drop.directory() == DIRECTORY);
    }

    /// Every wei is a price or a royalty; before the reveal the prices of all tokens are there.
    function invariantMoneyIsWhereItShouldBe() public view {
        uint256 taken = PRICE * drop.totalMinted() + handler.royalties();
        vm.assertEq(address(drop).balance + handler.withdrawn() + handler.refunded(), taken);
        if (drop.directory() == 0) vm.assertTrue(address(drop).balance >= PRICE * drop.totalSupply());
    }
}
