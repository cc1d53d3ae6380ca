// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PassCollection} from "../src/PassCollection.sol";
import {Tier} from "../src/PassTypes.sol";
import {PassFixture} from "./PassFixture.sol";
import {Refusing} from "./PassPayers.sol";

/// Buys, gives, moves, renews, cancels and returns passes at random times and prices, and keeps books of its own beside it.
contract PassHandler is PassFixture {
    struct Purchase {
        uint256 tokenId;
        address payer;
        uint256 price;
        uint256 refundableUntil; // 0: never was
        bool refunded;
    }

    Purchase[] private purchases;
    address[4] public accounts;
    Refusing private refusing;
    /// Renewals, royalties and purchases without a window: the creator's at once.
    uint256 public earnedAtOnce;
    uint256 public withdrawn;
    uint256 public credited;

    constructor() {
        PassFixture.setUp();
        purchases.push(Purchase(0, address(0), 0, 0, true));
        refusing = new Refusing();
        accounts = [collector, other, vm.addr(0x3), address(refusing)];
        for (uint256 i; i < accounts.length; ++i) {
            vm.deal(accounts[i], type(uint96).max);
        }
    }

    /// Not a second time: the fuzzer calls whatever is public.
    function setUp() public override {}

    function buy(uint8 tier, uint8 by, uint8 to) external {
        uint256 tierId = 1 + tier % 3;
        Tier memory terms = passes.tierOf(tierId);
        bool forSale = terms.open && terms.sold < terms.cap;
        vm.prank(accounts[by % 4]);
        try passes.buy{value: terms.price}(tierId, accounts[to % 4]) returns (uint256 tokenId) {
            vm.assertTrue(forSale, "sold what is not for sale");
            uint256 until = terms.refundWindow == 0 ? 0 : block.timestamp + terms.refundWindow;
            purchases.push(Purchase(tokenId, accounts[by % 4], terms.price, until, false));
            if (until == 0) earnedAtOnce += terms.price;
        } catch {
            vm.assertFalse(forSale);
        }
    }

    function transfer(uint256 which, uint8 to) external {
        (bool any, Purchase storage pass) = _existing(which);
        if (!any) return;
        address holder = passes.ownerOf(pass.tokenId);
        vm.prank(holder);
        try passes.transferFrom(holder, accounts[to % 4], pass.tokenId) {
            vm.assertTrue(pass.tokenId / 1e8 != SOULBOUND, "a soulbound pass moved");
        } catch {
            vm.assertEq(pass.tokenId / 1e8, SOULBOUND);
        }
    }

    function refund(uint256 which) external {
        (bool any, Purchase storage pass) = _existing(which);
        if (!any) return;
        address holder = passes.ownerOf(pass.tokenId);
        uint256 before = pass.payer.balance;
        bytes memory statement = _statement(pass.tokenId, holder);
        vm.prank(holder);
        try passes.refund(pass.tokenId, _deadline(), statement) {
            vm.assertTrue(block.timestamp <= pass.refundableUntil, "refunded too late");
            pass.refunded = true;
            uint256 got = pass.payer.balance - before;
            if (got != pass.price) {
                vm.assertEq(got, 0);
                vm.assertEq(pass.payer, address(refusing));
                credited += pass.price;
            }
        } catch {
            vm.assertTrue(block.timestamp > pass.refundableUntil, "a refund in time was refused");
        }
    }

    function renew(uint256 which, uint8 by) external {
        (bool any, Purchase storage pass) = _existing(which);
        if (!any || !passes.isRenewable(pass.tokenId)) return;
        uint256 price = passes.tierOf(pass.tokenId / 1e8).price;
        vm.prank(accounts[by % 4]);
        passes.renewSubscription{value: price}(pass.tokenId, uint64(MONTH));
        earnedAtOnce += price;
    }

    function cancel(uint256 which) external {
        (bool any, Purchase storage pass) = _existing(which);
        if (!any) return;
        vm.prank(passes.ownerOf(pass.tokenId));
        passes.cancelSubscription(pass.tokenId);
    }

    function setSale(uint8 tier, uint88 price, uint8 open) external {
        vm.prank(creator);
        passes.setSale(1 + tier % 3, price % 1 ether, open % 4 != 0);
    }

    function lowerCap(uint8 tier, uint8 by) external {
        Tier memory terms = passes.tierOf(1 + tier % 3);
        uint256 room = terms.cap - terms.sold;
        if (room == 0) return;
        vm.prank(creator);
        passes.lowerCap(1 + tier % 3, uint24(terms.sold + by % room));
    }

    function royalty(uint64 amount) external {
        vm.prank(accounts[0]);
        (bool ok,) = address(passes).call{value: amount}("");
        vm.assertTrue(ok);
        earnedAtOnce += amount;
    }

    function wait(uint32 time) external {
        vm.warp(block.timestamp + time % (WINDOW + WINDOW / 2));
    }

    function withdraw() external {
        uint256 before = creator.balance;
        vm.prank(creator);
        passes.withdraw(creator);
        withdrawn += creator.balance - before;
    }

    function claim(bool open) external {
        refusing.setOpen(open);
        uint256 credit = passes.creditOf(address(refusing));
        if (credit == 0) return;
        try refusing.claim(passes, address(refusing)) {
            credited -= credit;
        } catch {
            vm.assertFalse(open);
        }
    }

    function collection() external view returns (PassCollection) {
        return passes;
    }

    /// Wei somebody may still ask back now, and wei of purchases nobody can.
    function purchasesNow() external view returns (uint256 refundable, uint256 final_) {
        for (uint256 i; i < purchases.length; ++i) {
            Purchase memory pass = purchases[i];
            if (pass.refunded || pass.refundableUntil == 0) continue;
            if (block.timestamp <= pass.refundableUntil) refundable += pass.price;
            else final_ += pass.price;
        }
    }

    function existing() external view returns (uint256 count) {
        for (uint256 i; i < purchases.length; ++i) {
            if (!purchases[i].refunded) ++count;
        }
    }

    /// The first of the list is never a purchase, so that there is always one to point at.
    function _existing(uint256 which) private view returns (bool any, Purchase storage pass) {
        pass = purchases[which % purchases.length];
        any = !pass.refunded;
    }
}

contract PassInvariantTest is PassFixture {
    PassHandler private handler;

    function setUp() public override {
        handler = new PassHandler();
        passes = handler.collection();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariantEverythingThatCanBeAskedBackIsThere() public view {
        (uint256 refundable,) = handler.purchasesNow();
        vm.assertEq(passes.totalCredits(), handler.credited());
        vm.assertLe(refundable, passes.escrowed(), "escrow");
        vm.assertLe(passes.escrowed() + passes.totalCredits(), address(passes).balance, "balance");
    }

    function invariantTheCreatorTakesOnlyWhatIsEarned() public view {
        (uint256 refundable, uint256 final_) = handler.purchasesNow();
        vm.assertLe(handler.withdrawn(), handler.earnedAtOnce() + final_, "withdrawn");
        // Nothing is lost either: what is there is what came in and did not leave.
        vm.assertEq(
            address(passes).balance + handler.withdrawn(),
            handler.earnedAtOnce() + final_ + refundable + handler.credited()
        );
    }

    function invariantNoMorePassesThanTheCapAndEachIsSomebodys() public view {
        (uint256 sold, uint256 balances) = (0, 0);
        for (uint256 tierId = 1; tierId <= 3; ++tierId) {
            vm.assertTrue(passes.tierOf(tierId).sold <= passes.tierOf(tierId).cap);
            vm.assertTrue(passes.tierOf(tierId).sold <= passes.tierOf(tierId).issued);
            sold += passes.tierOf(tierId).sold;
        }
        for (uint256 i; i < 4; ++i) {
            balances += passes.balanceOf(handler.accounts(i));
        }
        vm.assertEq(sold, balances);
        vm.assertEq(sold, handler.existing());
    }
}
